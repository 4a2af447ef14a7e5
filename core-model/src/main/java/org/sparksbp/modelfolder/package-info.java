/**
 * A trained model as files: {@code model.json} says what it is and where it comes from, one NumPy
 * {@code .npy} file holds each array. Both can be read without this software, and hold nothing but
 * what the run determines: two identical runs write identical bytes.
 */
package org.sparksbp.modelfolder;
