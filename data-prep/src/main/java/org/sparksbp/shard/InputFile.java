package org.sparksbp.shard;

/**
 * A raw file that a data set was made from.
 *
 * @param name path below the input folder
 * @param bytes size as stored, gzipped or not
 * @param sha256 of the bytes as stored, in hexadecimal
 */
public record InputFile(String name, long bytes, String sha256) {}
