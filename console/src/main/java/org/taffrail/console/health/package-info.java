// SPDX-License-Identifier: Apache-2.0
/** Whether a broker lives and serves, for whatever starts, restarts and routes. */
package org.taffrail.console.health;
