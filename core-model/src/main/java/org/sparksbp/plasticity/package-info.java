/**
 * Learning rules: from a network's free and clamped activities to a change of its weights. A rule
 * is written once as its equations, on ND4J arrays, and once as loops over the rows of plain
 * arrays; tests hold the two together. {@link org.sparksbp.plasticity.PlasticityRules} lists the
 * rules by name.
 */
package org.sparksbp.plasticity;
