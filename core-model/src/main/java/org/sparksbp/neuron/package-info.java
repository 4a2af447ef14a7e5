/**
 * What a single neuron is: the constants of its membrane, the filtering of its input current by
 * short-term plasticity, and whether it excites or inhibits. Networks are put together elsewhere.
 */
package org.sparksbp.neuron;
