/**
 * The numeric inner loops behind one narrow interface: a plain version that the compiler vectorises
 * where it can, and one written with the Vector API. Both are checked against each other on odd
 * sizes.
 */
package org.sparksbp.kernel;
