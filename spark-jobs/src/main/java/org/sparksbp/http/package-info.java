/**
 * Requests to servers of others: addresses that can be named without their secrets, and requests
 * that are tried again within a time.
 */
package org.sparksbp.http;
