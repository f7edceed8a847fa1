// SPDX-License-Identifier: Apache-2.0
/** Tests of the HTTP side as a whole, with a real broker. */
package org.taffrail.console;
