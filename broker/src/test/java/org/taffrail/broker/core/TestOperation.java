// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.selector.Selector;
import org.taffrail.wire.selector.SelectorSyntaxException;

import java.util.List;

/** What a manager has asked for, and what it hears of it. */
final class TestOperation {
    final int requestId;

    private final TestClient manager;
    private Outcome outcome;

    TestOperation(TestClient manager, int requestId) {
        this.manager = manager;
        this.requestId = requestId;
    }

    static Selection queue(String queue) {
        return new Selection(DestinationKind.QUEUE, queue, 0, Selection.Filter.ALL);
    }

    static Selection topic(String topic, long group) {
        return new Selection(DestinationKind.TOPIC, topic, group, Selection.Filter.ALL);
    }

    static Selection queue(String queue, String selector, long messagesMax) {
        try {
            return new Selection(
                    DestinationKind.QUEUE,
                    queue,
                    0,
                    new Selection.Filter(
                            Selection.Filter.ANY, Selector.parse(selector), messagesMax));
        } catch (SelectorSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Selection at(String queue, long offset) {
        return new Selection(
                DestinationKind.QUEUE, queue, 0, new Selection.Filter(offset, Selector.ALL, 1));
    }

    BrokerFrame heard(Outcome newOutcome) {
        outcome = newOutcome;
        return new BrokerFrame.Managed(requestId, List.of(), null);
    }

    boolean isAnswered() {
        return manager.isAnswered(requestId);
    }

    Outcome outcome() {
        assertInstanceOf(BrokerFrame.Managed.class, manager.takeAnswer(requestId));
        return outcome;
    }

    /** So many messages were treated, and none was in the way. */
    void expectDone(long messages) {
        assertEquals(new Outcome(messages, 0, 0, null), outcome());
    }

    String expectFailed(ErrorCode code) {
        BrokerFrame.Failed failed =
                assertInstanceOf(BrokerFrame.Failed.class, manager.takeAnswer(requestId));
        assertEquals(code, failed.code(), failed.detail());
        return failed.detail();
    }
}
