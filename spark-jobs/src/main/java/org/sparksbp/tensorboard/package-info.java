/**
 * Event files that TensorBoard shows. A file is made of framed records, each an event in protocol
 * buffers; runs and trials have one file each that holds every epoch once.
 */
package org.sparksbp.tensorboard;
