// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console;

import org.taffrail.console.http.Answer;
import org.taffrail.console.http.Handler;
import org.taffrail.console.http.Request;
import org.taffrail.console.metrics.Metrics;
import org.taffrail.console.metrics.Sampler;
import org.taffrail.console.visit.Visit;
import org.taffrail.console.visit.Visits;

/** What Prometheus scrapes: all meters, of a sample that is hardly older than the request. */
final class MetricsPage implements Handler {
    /** So that several who scrape share a sample. */
    private static final long AGE_MS_MAX = 900;

    private static final int OK = 200;

    private final Metrics metrics;
    private final Sampler sampler;
    private final Visits visits;
    private final boolean open;

    /**
     * Makes the page.
     *
     * @param open whether it is for whoever asks
     */
    MetricsPage(Metrics metrics, Sampler sampler, Visits visits, boolean open) {
        this.metrics = metrics;
        this.sampler = sampler;
        this.visits = visits;
        this.open = open;
    }

    @Override
    public Answer handle(Request request) throws InterruptedException {
        if (!open) {
            try (Visit visit = visits.begin(request)) {
                visit.requireManager();
            }
        }
        metrics.set(sampler.notOlderThan(AGE_MS_MAX));
        return Answer.text(OK, Metrics.TEXT, metrics.scrape());
    }
}
