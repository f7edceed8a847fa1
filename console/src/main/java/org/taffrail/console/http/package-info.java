// SPDX-License-Identifier: Apache-2.0
/**
 * HTTP, hostile until checked: {@link org.taffrail.console.http.HttpSide} opens the port and sets
 * the limits, {@link org.taffrail.console.http.Gate} lets requests in, and whoever answers them
 * sees a {@link org.taffrail.console.http.Request} that was checked.
 */
package org.taffrail.console.http;
