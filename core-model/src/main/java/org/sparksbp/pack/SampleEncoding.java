package org.sparksbp.pack;

import org.sparksbp.spike.SpikeTrain;

/** How a sample is held on a device: rows of elements that are not 0. */
public interface SampleEncoding {

  /** Rows of a sample. */
  default int rows() {
    return 1;
  }

  /** Words of 4 bytes of an element's value. */
  default int words() {
    return 1;
  }

  /** Hands over all rows of a sample in their order. */
  void encode(SpikeTrain train, Receiver receiver);

  /** Takes the elements of a row, then its end. */
  interface Receiver {

    /**
     * An element.
     *
     * @param channel its column, ascending within a row
     * @param value as many low bits as the value's words have; a float by its bits
     */
    void element(int channel, long value);

    void endRow();
  }
}
