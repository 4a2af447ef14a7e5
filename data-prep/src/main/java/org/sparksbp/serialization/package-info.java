/**
 * How values cross between processes through Kryo. What Spark sends is registered; records have one
 * serializer for all, samples a compact one of their own.
 */
package org.sparksbp.serialization;
