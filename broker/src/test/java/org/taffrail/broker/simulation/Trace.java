// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.broker.core.Delivery;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What has happened in a history, in words, for who looks for the cause of a failure. */
final class Trace {
    private final boolean kept;
    private final List<String> lines = new ArrayList<>();

    Trace(boolean kept) {
        this.kept = kept;
    }

    void note(String what) {
        if (kept) {
            lines.add(what);
        }
    }

    void said(int connection, ClientFrame frame) {
        if (kept) {
            lines.add(connection + " -> " + describe(frame));
        }
    }

    void heard(int connection, BrokerFrame frame) {
        if (kept) {
            lines.add(connection + " <- " + describe(frame));
        }
    }

    String last(int count) {
        return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
    }

    private static String describe(ClientFrame frame) {
        String text = frame.toString();
        if (frame instanceof ClientFrame.Settle settle) {
            return text.replaceAll("ranges=.*", "ranges=" + Arrays.toString(settle.ranges()));
        }
        if (frame instanceof ClientFrame.Send send) {
            return "Send[transactionId="
                    + send.transactionId()
                    + ", partition="
                    + RunLayout.partition(send.array(), send.at())
                    + ", first="
                    + RunLayout.sequence(send.array(), send.at())
                    + ", count="
                    + RunLayout.count(send.array(), send.at())
                    + "]";
        }
        return text;
    }

    private static String describe(BrokerFrame frame) {
        String text = frame.toString();
        if (frame instanceof BrokerFrame.Deliver deliver) {
            return text.replaceAll("array=.*", "body=" + Delivery.of(deliver).body() + "]");
        }
        return text;
    }
}
