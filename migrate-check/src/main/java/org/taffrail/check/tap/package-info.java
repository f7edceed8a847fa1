// SPDX-License-Identifier: Apache-2.0
/**
 * What stands between an application and its provider: a proxy for each object that the provider
 * makes, with the interfaces of that object and no others. Destinations, messages, browsers and
 * meta data are the provider's own. Read {@link org.taffrail.check.tap.Taps} first, then {@code
 * Tap}, which says what all proxies do. Compiled for Java 8, as what runs inside applications must
 * be.
 */
package org.taffrail.check.tap;
