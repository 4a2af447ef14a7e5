/**
 * What a run writes to go on from or to be used: a checkpoint holds all that the next round depends
 * on, so a resumed run gives the bits of an uninterrupted one; a model folder holds what a trained
 * model needs.
 */
package org.sparksbp.checkpoint;
