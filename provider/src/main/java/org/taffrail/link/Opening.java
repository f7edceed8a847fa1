// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.BrokerFrame.Recognition;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.FrameLayout;
import org.taffrail.wire.record.RecordLayout;
import org.taffrail.wire.record.RunLayout;

/**
 * The exchange that opens a link: what the client says first, its answers to challenges, and the
 * judgement of what the broker grants. Used by one thread at a time.
 */
final class Opening {
    /** Most steps of an authentication. */
    private static final int CHALLENGES_MAX = 16;

    /** What this side would use; a broker that is older leaves out what it does not know. */
    private final long features;

    private static final String PRODUCT = product();

    private final ConnectionOptions options;
    private final boolean heartbeat;
    private final Continuity continuity;
    private final SaslMechanism mechanism;
    private int challenges;

    /**
     * What was agreed.
     *
     * @param peer what the layer above is told
     * @param frameBytesMax the largest frame that the broker takes
     * @param recordBytesMax the largest record that may be sent; a larger message goes in parts
     * @param producerId stands in the header of this link's runs
     * @param windowMessages how many sends may be unanswered
     * @param windowBytes how many bytes of sends may be unanswered
     * @param ownHeartbeatMs after how much silence this side gives up; 0 never
     * @param brokerHeartbeatMs after how much silence the broker gives up; 0 never
     * @param mayManage whether the broker understands management requests
     * @param hasBranches whether the broker understands requests about branches
     * @param recognition whether the client goes on as it was
     */
    record Agreement(
            Link.Peer peer,
            int frameBytesMax,
            int recordBytesMax,
            long producerId,
            int windowMessages,
            int windowBytes,
            int ownHeartbeatMs,
            int brokerHeartbeatMs,
            boolean mayManage,
            boolean hasBranches,
            Recognition recognition) {}

    /**
     * Prepares.
     *
     * @param options who connects, and how
     * @param heartbeat whether the broker's silence means anything, as it does over a network
     * @param continuity who the client is
     * @throws WireException {@link ErrorCode#AUTHENTICATION_FAILED} if user or password can't be
     *     sent
     */
    Opening(ConnectionOptions options, boolean heartbeat, Continuity continuity) {
        this.continuity = continuity;
        this.options = options;
        features =
                FrameLayout.MANAGEMENT
                        | FrameLayout.XA
                        | (options.get(ConnectionOptions.IMPORT) ? FrameLayout.IMPORT : 0)
                        | (continuity.isResumable() ? FrameLayout.RESUMPTION : 0);
        this.heartbeat = heartbeat;
        mechanism = SaslMechanism.of(options);
    }

    ClientFrame.Hello hello() {
        return new ClientFrame.Hello(
                features,
                FrameLayout.FRAME_BYTES_MAX,
                ownHeartbeatMs(),
                continuity.instance.getMostSignificantBits(),
                continuity.instance.getLeastSignificantBits(),
                0,
                options.get(ConnectionOptions.CLIENT_ID),
                mechanism.name(),
                mechanism.firstResponse(),
                PRODUCT,
                continuity.producerId(),
                continuity.window.nextSequence());
    }

    /**
     * Answers a challenge.
     *
     * @throws WireException {@link ErrorCode#AUTHENTICATION_FAILED} where no answer is due, or
     *     after too many
     */
    ClientFrame.Authenticate respond(BrokerFrame.Challenge frame) {
        if (++challenges > CHALLENGES_MAX) {
            throw new WireException(
                    ErrorCode.AUTHENTICATION_FAILED, "more than " + CHALLENGES_MAX + " challenges");
        }
        byte[] challenge = frame.challenge();
        return new ClientFrame.Authenticate(
                mechanism.respond(challenge == null ? new byte[0] : challenge));
    }

    /**
     * Judges what the broker grants.
     *
     * @throws WireException {@link ErrorCode#UNSUPPORTED_VERSION}, also if the client would import
     *     and the broker is too old for it; {@link ErrorCode#PROTOCOL_VIOLATION} if a value is out
     *     of bounds
     */
    Agreement agree(BrokerFrame.Welcome frame) {
        if (frame.version() != FrameLayout.VERSION) {
            throw new WireException(
                    ErrorCode.UNSUPPORTED_VERSION, "the broker chose version " + frame.version());
        }
        require((frame.features() & ~features) == 0, "features that were not offered");
        if ((features & ~frame.features() & FrameLayout.IMPORT) != 0) {
            throw new WireException(
                    ErrorCode.UNSUPPORTED_VERSION,
                    "the broker (" + frame.product() + ") is too old to import messages");
        }
        require(frame.frameBytesMax() >= FrameLayout.FRAME_BYTES_MAX_LEAST, "too small frames");
        require(frame.messageBytesMax() > 0, "no room for any message");
        require(frame.heartbeatMs() >= 0, "a negative heartbeat");
        require(frame.windowMessages() > 0, "no window of messages");
        int frameBytesMax = Math.min(frame.frameBytesMax(), FrameLayout.FRAME_BYTES_MAX);
        int sendBytesMax = Math.min(frameBytesMax, frame.windowBytes());
        int recordBytesMax = sendBytesMax - Outbound.SEND_BYTES - RunLayout.HEADER_BYTES;
        require(recordBytesMax > RecordLayout.FIXED_BYTES, "no window of bytes");
        Link.Peer peer =
                new Link.Peer(
                        frame.messageBytesMax(),
                        frame.serverTimeMs(),
                        frame.product() == null ? "unknown" : frame.product());
        return new Agreement(
                peer,
                frameBytesMax,
                Math.min(recordBytesMax, FrameLayout.RECORD_BYTES_MAX),
                frame.producerId(),
                frame.windowMessages(),
                frame.windowBytes(),
                ownHeartbeatMs(),
                frame.heartbeatMs(),
                (frame.features() & FrameLayout.MANAGEMENT) != 0,
                (frame.features() & FrameLayout.XA) != 0,
                recognition(frame));
    }

    /** A broker that knows nothing of going on has forgotten everyone. */
    private Recognition recognition(BrokerFrame.Welcome frame) {
        boolean goesOn = continuity.producerId() != 0;
        require(
                goesOn || frame.recognition() == Recognition.NONE,
                "what was not asked for: " + frame.recognition());
        return goesOn && frame.recognition() == Recognition.NONE
                ? Recognition.FORGOTTEN
                : frame.recognition();
    }

    private int ownHeartbeatMs() {
        return heartbeat ? options.get(ConnectionOptions.HEARTBEAT_MS) : 0;
    }

    private static void require(boolean sound, String otherwise) {
        if (!sound) {
            throw new WireException(ErrorCode.PROTOCOL_VIOLATION, "the broker grants " + otherwise);
        }
    }

    private static String product() {
        String version = Opening.class.getPackage().getImplementationVersion();
        return "Taffrail provider " + (version == null ? "(unpackaged)" : version);
    }
}
