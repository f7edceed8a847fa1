// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples;

import org.taffrail.samples.orderdesk.LatencySink;
import org.taffrail.samples.report.Percentiles;

import java.util.List;

/** Send and end-to-end latencies of the order desk, printed as a small table in microseconds. */
final class LatencyTable implements LatencySink {
    private static final String SEND = "send";
    private static final String END_TO_END = "end to end";

    private final Percentiles percentiles = new Percentiles(List.of(SEND, END_TO_END));

    @Override
    public void sent(long nanos) {
        percentiles.record(SEND, nanos);
    }

    @Override
    public void received(long nanos) {
        percentiles.record(END_TO_END, nanos);
    }

    /** The table: a heading and a line for each of send and end to end. */
    String text() {
        return percentiles.text();
    }
}
