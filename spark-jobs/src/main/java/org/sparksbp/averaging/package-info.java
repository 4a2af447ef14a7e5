/**
 * How the parameters of several workers become one: a mean, or a sum of changes. The result depends
 * on the workers' numbers alone, never on the order in which they finish.
 */
package org.sparksbp.averaging;
