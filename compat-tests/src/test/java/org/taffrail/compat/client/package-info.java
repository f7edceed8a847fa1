// SPDX-License-Identifier: Apache-2.0
/**
 * The provider against the real broker, over a socket and inside one JVM, one class per chapter of
 * behaviour. Begin with {@link org.taffrail.compat.client.ClientTest}, which all of them extend.
 */
package org.taffrail.compat.client;
