package org.sparksbp.cli;

import org.sparksbp.http.WebAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads an address of the command line, and does not repeat one that is none: it may hold secrets.
 */
final class WebAddressConverter implements ITypeConverter<WebAddress> {

  @Override
  public WebAddress convert(String written) {
    try {
      return WebAddress.of(written);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("its address " + e.getMessage());
    }
  }
}
