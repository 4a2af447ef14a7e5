package org.sparksbp.storage;

import java.io.IOException;

/** Another process writes to a folder; the message says which. */
public final class FolderInUseException extends IOException {
  private static final long serialVersionUID = 1L;

  FolderInUseException(String message) {
    super(message);
  }
}
