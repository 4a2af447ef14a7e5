/**
 * A graphics card to compute on, through OpenCL: what it is, its memory, and programs built for it.
 * Nothing here knows of networks. {@link org.sparksbp.device.Devices} finds a card; {@link
 * org.sparksbp.device.Device} owns its context and queue.
 */
package org.sparksbp.device;
