/**
 * Files and folders that are whole or not there, on any Hadoop file system: written under a
 * temporary name and renamed, appended to by whole lines, and mended after a crash. Whoever writes
 * a run, a table or a data set goes through here.
 */
package org.sparksbp.storage;
