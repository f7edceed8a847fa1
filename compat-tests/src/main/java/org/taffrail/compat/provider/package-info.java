// SPDX-License-Identifier: Apache-2.0
/**
 * A provider that is known by its {@code jndi.properties} and nothing else. Start with {@link
 * org.taffrail.compat.provider.JndiProvider}.
 */
package org.taffrail.compat.provider;
