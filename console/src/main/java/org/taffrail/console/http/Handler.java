// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.http;

/** Answers requests, on the threads of the HTTP side. */
@FunctionalInterface
public interface Handler {
    /**
     * Answers a request.
     *
     * @param request what is asked
     * @return the answer
     * @throws Refusal if it is refused
     * @throws InterruptedException if the HTTP side ends
     */
    Answer handle(Request request) throws InterruptedException;
}
