/**
 * What a sweep trains: its settings, the space of varied keys and how points are taken from it, the
 * arms, and the trials in their fixed order, each identified by what determines it. Which points
 * stop at a rung is decided here too, from results alone.
 */
package org.sparksbp.sweep.plan;
