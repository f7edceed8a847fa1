// SPDX-License-Identifier: Apache-2.0
/**
 * Keys and certificates as both ends of a connection read them. Start with {@link
 * org.taffrail.wire.tls.KeyMaterial}.
 */
package org.taffrail.wire.tls;
