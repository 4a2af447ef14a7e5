/**
 * What a run is determined by, read from defaults, the task's own defaults, a file and the command
 * line, in this order. Every key is known from {@code reference.conf}: another one, or a value of
 * another type, is an error that says where it stands.
 */
package org.sparksbp.config;
