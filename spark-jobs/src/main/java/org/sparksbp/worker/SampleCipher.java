package org.sparksbp.worker;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts the bytes of one file, each by its place, so that any run of them can be read alone: AES
 * in counter mode with a key that never leaves the process.
 */
final class SampleCipher {

  private static final String ALGORITHM = "AES";
  private static final int BLOCK = 16;

  private final SecretKeySpec key;

  /** With a new key. */
  SampleCipher() {
    byte[] secret = new byte[BLOCK];
    new SecureRandom().nextBytes(secret);
    this.key = new SecretKeySpec(secret, ALGORITHM);
  }

  /**
   * Encrypts plain bytes, decrypts encrypted ones. No place must be written twice.
   *
   * @param length first bytes taken
   * @param at place of the first byte in the file
   */
  byte[] apply(byte[] bytes, int length, long at) {
    byte[] counter = ByteBuffer.allocate(BLOCK).putLong(0).putLong(at / BLOCK).array();
    try {
      Cipher cipher = Cipher.getInstance(ALGORITHM + "/CTR/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
      cipher.update(new byte[(int) (at % BLOCK)]);
      return cipher.doFinal(bytes, 0, length);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
