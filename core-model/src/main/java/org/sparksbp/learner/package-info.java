/**
 * What every model is to the rest of the software: a {@link org.sparksbp.learner.Learner} that
 * learns from a batch, infers a batch and hands over its parameters as one flat vector. Averaging,
 * checkpoints, evaluation and sweeps know nothing else about a model. A new model is one {@link
 * org.sparksbp.learner.ModelType}, its keys in {@code reference.conf}, and a line in {@code
 * META-INF/services}.
 */
package org.sparksbp.learner;
