/**
 * Files and folders that are whole or not there, on any Hadoop file system: written aside and
 * renamed, appended to by whole lines. Whoever writes a run, a table or a data set goes through
 * here.
 */
package org.sparksbp.storage;
