/**
 * How values cross between processes through Kryo. What Spark sends is registered; records have one
 * serializer for all.
 */
package org.sparksbp.serialization;
