// SPDX-License-Identifier: Apache-2.0
/** Tests of how requests are read. */
package org.taffrail.console.api;
