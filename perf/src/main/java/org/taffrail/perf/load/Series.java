// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

/** One of the latencies that a run measures; each has a histogram of its own, in nanoseconds. */
public enum Series {
    /** From the intended send time until the provider has acknowledged the send. */
    SEND_ACK("send-ack", "send-ack"),
    /** {@link #SEND_ACK} less the lateness that is the sending thread's timer's. */
    SEND_ACK_LAG_OFF("send-ack-lag-off", "send-ack, lag off"),
    /** From the call (send, or the commit of its batch) until the provider has acknowledged. */
    SEND_SERVICE("send-service", "send service"),
    /** From the intended send time until a consumer has the message. */
    END_TO_END("end-to-end", "end-to-end"),
    /** {@link #END_TO_END} less the lateness that is the sending thread's timer's. */
    END_TO_END_LAG_OFF("end-to-end-lag-off", "end-to-end, lag off"),
    /** How late the timer of the sending thread made a send: no doing of the provider. */
    TIMER_LAG("timer-lag", "timer lag");

    private final String id;
    private final String title;

    Series(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /**
     * The series' name in files.
     *
     * @return lower case with dashes
     */
    public String id() {
        return id;
    }

    /**
     * The series' name in tables.
     *
     * @return a few words
     */
    public String title() {
        return title;
    }
}
