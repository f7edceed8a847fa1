// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.broker.loop.Audience;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Verb;
import org.taffrail.wire.record.RecordLayout;
import org.taffrail.wire.record.RunLayout;

import java.util.HashMap;
import java.util.Map;

/** Faults in what the broker takes a frame for, and in what it says. */
final class FramePlants {
    private FramePlants() {}

    private static ClientFrame withVerb(ClientFrame.Settle frame, Verb verb) {
        return new ClientFrame.Settle(
                frame.requestId(),
                frame.transactionId(),
                frame.consumerId(),
                verb,
                frame.partition(),
                frame.ranges());
    }

    /** Puts an accepted message back. */
    static final class AcceptTakenForRelease implements Plant {
        private int accepts;

        @Override
        public ClientFrame frame(ClientFrame frame) {
            if (frame instanceof ClientFrame.Settle settle
                    && settle.verb() == Verb.ACCEPT
                    && settle.transactionId() == 0
                    && ++accepts % 5 == 0) {
                return withVerb(settle, Verb.RELEASE_SEEN);
            }
            return frame;
        }
    }

    /** Rolls back and says that it has committed. */
    static final class CommitTakenForRollback implements Plant {
        @Override
        public ClientFrame frame(ClientFrame frame) {
            if (frame instanceof ClientFrame.Commit commit) {
                return new ClientFrame.Rollback(commit.requestId(), commit.transactionId());
            }
            return frame;
        }
    }

    /** Forgets that a released message may have been seen. */
    static final class ReleaseTakenForUnseen implements Plant {
        @Override
        public ClientFrame frame(ClientFrame frame) {
            if (frame instanceof ClientFrame.Settle settle && settle.verb() == Verb.RELEASE_SEEN) {
                return withVerb(settle, Verb.RELEASE_UNSEEN);
            }
            return frame;
        }
    }

    /** Takes some messages for those of another key. */
    static final class KeysMixedUp implements Plant {
        private int keys;

        @Override
        public ClientFrame frame(ClientFrame frame) {
            if (frame instanceof ClientFrame.Send send) {
                ByteSink mixed = new ByteSink(send.length());
                mixed.putBytes(send.array(), send.at(), send.length());
                int count = RunLayout.count(send.array(), send.at());
                mix(mixed.array(), count);
                RunLayout.end(mixed, 0, count);
                return new ClientFrame.Send(send.transactionId(), mixed.array(), 0, mixed.length());
            }
            return frame;
        }

        private void mix(byte[] array, int count) {
            int at = RunLayout.HEADER_BYTES;
            for (int i = 0; i < count; i++) {
                if (RecordLayout.hasKey(array, at)) {
                    boolean expires = RecordLayout.expirationMs(array, at) != 0;
                    boolean delayed = RecordLayout.deliveryTimeMs(array, at) != 0;
                    int times = (expires ? 8 : 0) + (delayed ? 8 : 0);
                    array[at + RecordLayout.FIXED_BYTES + times + 2] = (byte) ('a' + ++keys % 26);
                }
                at += RecordLayout.length(array, at);
            }
        }
    }

    /** Takes a drain for credit. */
    static final class DrainForgotten implements Plant {
        @Override
        public ClientFrame frame(ClientFrame frame) {
            if (frame instanceof ClientFrame.Credit credit) {
                return new ClientFrame.Credit(
                        credit.consumerId(), credit.messages(), credit.bytes(), false, 0);
            }
            return frame;
        }
    }

    private static BrokerFrame.Deliver deliver(
            BrokerFrame.Deliver frame, int count, boolean redelivered) {
        return new BrokerFrame.Deliver(
                frame.consumerId(),
                frame.partition(),
                frame.offset(),
                count,
                redelivered,
                frame.array(),
                frame.at(),
                frame.length());
    }

    /** Says of each delivery that it is the first. */
    static final class FlagForgotten implements Plant {
        @Override
        public Audience audience(Audience audience) {
            return new Listening(audience) {
                @Override
                public void tell(long connection, BrokerFrame frame) {
                    if (frame instanceof BrokerFrame.Deliver deliver) {
                        super.tell(connection, deliver(deliver, 1, false));
                    } else {
                        super.tell(connection, frame);
                    }
                }
            };
        }
    }

    /** Says every twentieth delivery twice. */
    static final class DeliveredTwice implements Plant {
        @Override
        public Audience audience(Audience audience) {
            return new Listening(audience) {
                private int deliveries;

                @Override
                public void tell(long connection, BrokerFrame frame) {
                    super.tell(connection, frame);
                    if (frame instanceof BrokerFrame.Deliver && ++deliveries % 20 == 0) {
                        super.tell(connection, frame);
                    }
                }
            };
        }
    }

    /** Says of some sends that they are refused, which are not. */
    static final class RefusedSendTold implements Plant {
        @Override
        public Audience audience(Audience audience) {
            return new Listening(audience) {
                private int confirms;

                @Override
                public void tell(long connection, BrokerFrame frame) {
                    if (frame instanceof BrokerFrame.Confirm confirm && ++confirms % 20 == 0) {
                        super.tell(
                                connection,
                                new BrokerFrame.Refuse(
                                        confirm.first(), confirm.last(), ErrorCode.NO_ROOM, ""));
                    } else {
                        super.tell(connection, frame);
                    }
                }
            };
        }
    }

    /** Takes a browser for a consumer. */
    static final class BrowserTakenForConsumer implements Plant {
        @Override
        public ClientFrame frame(ClientFrame frame) {
            if (frame instanceof ClientFrame.Attach attach
                    && attach.source() == ClientFrame.Source.BROWSER) {
                return new ClientFrame.Attach(
                        attach.requestId(),
                        attach.consumerId(),
                        ClientFrame.Source.QUEUE,
                        attach.kind(),
                        attach.destination(),
                        attach.subscription(),
                        attach.selector(),
                        attach.noLocal(),
                        attach.start());
            }
            return frame;
        }
    }

    /** Does something else with every third message for a browser than to show it. */
    private abstract static class Browsing implements Plant {
        private int shown;

        @Override
        public Audience audience(Audience audience) {
            return new Listening(audience) {
                @Override
                public void tell(long connection, BrokerFrame frame) {
                    if (frame instanceof BrokerFrame.Deliver deliver
                            && Looks.isOne(deliver.consumerId())
                            && ++shown % 3 == 0) {
                        spoil(audience, connection, deliver);
                    } else {
                        super.tell(connection, frame);
                    }
                }
            };
        }

        abstract void spoil(Audience audience, long connection, BrokerFrame.Deliver deliver);
    }

    /** Does not show a message. */
    static final class BrowserShownTooLittle extends Browsing {
        @Override
        void spoil(Audience audience, long connection, BrokerFrame.Deliver deliver) {
            // the fault
        }
    }

    /** Shows now and then a message that was shown long ago, whatever has become of it. */
    static final class BrowserShownThePast extends Browsing {
        private static final int ONE_IN = 3;
        private final Map<Long, BrokerFrame.Deliver> firsts = new HashMap<>();
        private int shown;

        @Override
        void spoil(Audience audience, long connection, BrokerFrame.Deliver deliver) {
            BrokerFrame.Deliver first = firsts.putIfAbsent(deliver.partition(), deliver);
            shown++;
            if (first == null || shown % ONE_IN != 0) {
                audience.tell(connection, deliver);
                return;
            }
            audience.tell(
                    connection,
                    new BrokerFrame.Deliver(
                            deliver.consumerId(),
                            first.partition(),
                            first.offset(),
                            first.count(),
                            first.redelivered(),
                            first.array(),
                            first.at(),
                            first.length()));
        }
    }

    /** An audience that passes everything on. */
    static class Listening implements Audience {
        private final Audience audience;

        Listening(Audience audience) {
            this.audience = audience;
        }

        @Override
        public void tell(long connection, BrokerFrame frame) {
            audience.tell(connection, frame);
        }

        @Override
        public void ended(long connection) {
            audience.ended(connection);
        }
    }
}
