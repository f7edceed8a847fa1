// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.RunLayout;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What one client has asked and was not answered, as somebody hears who stands at the door. */
final class Conversation {
    private final Map<Integer, Request> requests = new HashMap<>();

    /** The transaction of each run that is not answered, by its last sequence. */
    private final TreeMap<Long, Long> sends = new TreeMap<>();

    private boolean ended;

    private static final class Request {
        final ClientFrame frame;
        long since;

        Request(ClientFrame frame, long since) {
            this.frame = frame;
            this.since = since;
        }

        @Override
        public String toString() {
            return frame + " since " + since;
        }
    }

    void said(ClientFrame frame, long now) {
        if (frame instanceof ClientFrame.Send send) {
            long first = RunLayout.sequence(send.array(), send.at());
            int count = RunLayout.count(send.array(), send.at());
            sends.put(first + count - 1, send.transactionId());
        } else if (frame instanceof ClientFrame.Goodbye) {
            end();
        } else if (requestId(frame) != 0 && !ended) {
            requests.put(requestId(frame), new Request(frame, now));
        }
    }

    private static int requestId(ClientFrame frame) {
        if (frame instanceof ClientFrame.Settle settle) {
            return settle.requestId();
        }
        if (frame instanceof ClientFrame.Commit commit) {
            return commit.requestId();
        }
        if (frame instanceof ClientFrame.Rollback rollback) {
            return rollback.requestId();
        }
        if (frame instanceof ClientFrame.Attach attach) {
            return attach.requestId();
        }
        if (frame instanceof ClientFrame.Detach detach) {
            return detach.requestId();
        }
        return frame instanceof ClientFrame.Resolve resolve ? resolve.requestId() : 0;
    }

    void heard(BrokerFrame frame) {
        if (frame instanceof BrokerFrame.Confirm confirm) {
            sends.headMap(confirm.last(), true).clear();
        } else if (frame instanceof BrokerFrame.Refuse refuse) {
            sends.headMap(refuse.last(), true).clear();
        } else if (frame instanceof BrokerFrame.Done done) {
            requests.remove(done.requestId());
        } else if (frame instanceof BrokerFrame.Failed failed) {
            requests.remove(failed.requestId());
        } else if (frame instanceof BrokerFrame.Resolved resolved) {
            requests.remove(resolved.requestId());
        }
    }

    /** The client hears nothing more. */
    void end() {
        ended = true;
        requests.clear();
    }

    /** From now on nothing has a reason to wait but for room. */
    void begins(long now) {
        requests.values().forEach(request -> request.since = now);
    }

    /** Since when the oldest request waits that need not wait for a send; now if there is none. */
    long waitingSince(long now) {
        long oldest = now;
        for (Request request : requests.values()) {
            if (request.frame instanceof ClientFrame.Commit commit
                    && sends.containsValue(commit.transactionId())) {
                request.since = now;
            }
            oldest = Math.min(oldest, request.since);
        }
        return oldest;
    }

    @Override
    public String toString() {
        return requests.values().toString();
    }
}
