/**
 * The study's cost metric: mean epochs to common error levels times algorithmic complexity (Zhang
 * et al., Science Advances 7(43), eabh0146, 2021, Materials and Methods), and an estimate of energy
 * from what was really computed. Where a curve does not support a number, the outcome says why
 * instead of giving one.
 */
package org.sparksbp.cost;
