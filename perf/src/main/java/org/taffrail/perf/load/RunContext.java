// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

/**
 * What all producers and consumers of a run have in common.
 *
 * @param provider the provider that is measured
 * @param id the run's mark in the bodies of its messages
 * @param clock the clock that producers and consumers share
 * @param failure where whatever goes wrong is reported
 */
record RunContext(Provider provider, long id, Clock clock, RunFailure failure) {}
