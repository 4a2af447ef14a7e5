/**
 * Files of a run that are whole or not there: written aside and renamed. A checkpoint holds all
 * that the next round depends on, so a resumed run gives the bits of an uninterrupted one.
 */
package org.sparksbp.checkpoint;
