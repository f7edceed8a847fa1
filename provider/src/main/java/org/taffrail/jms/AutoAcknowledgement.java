// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.JMSException;

import org.taffrail.link.Link;
import org.taffrail.wire.frame.ClientFrame;

import java.util.concurrent.CompletableFuture;

/**
 * AUTO_ACKNOWLEDGE: a message is settled when {@code receive} returns it, or when the listener has
 * returned. The settlement travels without a wait unless the connection's options ask for its
 * confirmation.
 */
final class AutoAcknowledgement extends ProviderAcknowledgement {
    private final boolean confirmed;

    AutoAcknowledgement(SessionCore session, boolean confirmed) {
        super(session);
        this.confirmed = confirmed;
    }

    @Override
    void consumed(Held held) throws JMSException {
        if (confirmed) {
            Settlements one = new Settlements();
            one.add(held);
            session().replies().await(one.accept(link()));
            return;
        }
        Link.Delivery delivery = held.delivery();
        link().settle(
                        0,
                        delivery.consumerId(),
                        ClientFrame.Verb.ACCEPT,
                        delivery.partition(),
                        new long[] {delivery.offset(), delivery.offset()},
                        false);
    }

    @Override
    public void idle() {
        // nothing is put off
    }

    @Override
    public CompletableFuture<Void> close() {
        return Replies.nothing();
    }
}
