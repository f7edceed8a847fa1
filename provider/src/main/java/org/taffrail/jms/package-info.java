// SPDX-License-Identifier: Apache-2.0
/**
 * The Jakarta Messaging objects an application holds; the only package that sees {@code
 * jakarta.jms}. Begin with {@link org.taffrail.jms.TaffrailConnectionFactory}. Behind the objects
 * of both APIs stand {@code ConnectionCore}, {@code SessionCore}, {@code ConsumerCore} and {@code
 * BrowserScan}; {@code SessionState} says which locks there are and in which order, {@code Inbox}
 * how deliveries stop, rewind and go on, and {@code Acknowledgement} when a message is settled.
 */
package org.taffrail.jms;
