/** Checksums by which data, runs and files are told apart, in hexadecimal. */
package org.sparksbp.checksum;
