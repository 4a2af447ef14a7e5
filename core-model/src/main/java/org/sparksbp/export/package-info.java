/**
 * Trained models in formats that other programs read: safetensors, NumPy's npz, and graphs of the
 * Neuromorphic Intermediate Representation.
 */
package org.sparksbp.export;
