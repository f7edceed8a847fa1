// SPDX-License-Identifier: Apache-2.0
/**
 * The compatibility kit: what the Jakarta Messaging specification demands, checked against any
 * provider.
 */
package org.taffrail.compat;
