/**
 * Tells an MLflow tracking server of runs, by its REST API (2.0). What is told is compared with
 * what the server has, and the rest is sent: a run that goes on, or is told of again, has nothing
 * twice.
 */
package org.sparksbp.mlflow;
