/**
 * Raw input files on any Hadoop file system: finding them in a folder and streaming them, plain or
 * gzipped, with errors that name the file.
 */
package org.sparksbp.rawfile;
