// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.FrameAssembler;
import org.taffrail.wire.frame.FrameChannel;
import org.taffrail.wire.frame.FrameLayout;
import org.taffrail.wire.frame.FrameReader;

/**
 * Hears the channel of one link: makes frames of the bytes and has them handled, first by the
 * opening and then by those who wait. Any error on the way costs the link. Called by one thread at
 * a time.
 */
final class LinkReceiver implements FrameChannel.Receiver, FrameAssembler.Output {
    private static final Logger LOG = LoggerFactory.getLogger(LinkReceiver.class);

    private final LinkSession session;
    private final Inbound inbound;
    private final OpeningInbound openingInbound;
    private final FrameReader reader = new FrameReader();
    private final FrameAssembler assembler = new FrameAssembler(FrameLayout.FRAME_BYTES_MAX, this);

    LinkReceiver(LinkSession session, Waiters waiters) {
        this.session = session;
        inbound = new Inbound(waiters, session.sendingAgain());
        openingInbound = new OpeningInbound(session::welcomed, session::challenged);
    }

    @Override
    public void received(byte[] array, int at, int length) {
        session.receiving();
        try {
            assembler.received(array, at, length);
        } catch (WireException e) {
            session.lose(e);
        } catch (RuntimeException e) {
            // a listener's defect: what it was told is lost, and must not be lost silently
            LOG.error("event=listener_failed address={}", session.address(), e);
            session.lose(e);
        } finally {
            session.received();
        }
    }

    @Override
    public void preamble(byte[] array, int at) {
        FrameLayout.chooseVersion(array, at);
    }

    @Override
    public void frame(byte[] array, int at, int length) {
        BrokerFrame frame = reader.readBroker(array, at, length);
        if (frame != null) {
            frame.accept(session.wasOpen() ? inbound : openingInbound);
        }
    }

    @Override
    public boolean wantsMore() {
        return !session.isLost();
    }

    @Override
    public void closed(Throwable cause) {
        session.endOnThisThread(cause);
    }
}
