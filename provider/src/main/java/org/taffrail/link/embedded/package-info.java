// SPDX-License-Identifier: Apache-2.0
/**
 * Links to a broker in this JVM. Start with {@link org.taffrail.link.embedded.EmbeddedConnector}.
 */
package org.taffrail.link.embedded;
