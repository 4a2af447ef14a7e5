/**
 * Downloads the public data sets: from mirrors, resumed where an earlier attempt stopped, and kept
 * only if the published checksum is right.
 */
package org.sparksbp.fetch;
