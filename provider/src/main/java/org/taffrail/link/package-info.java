// SPDX-License-Identifier: Apache-2.0
/**
 * What the Jakarta Messaging objects need of a connection to a broker. Start with {@link
 * org.taffrail.link.Link}, the promise; {@link org.taffrail.link.ConnectionUrl} says where a link
 * goes and {@link org.taffrail.link.ConnectionOptions} how it behaves.
 */
package org.taffrail.link;
