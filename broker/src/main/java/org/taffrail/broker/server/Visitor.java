// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import org.taffrail.broker.security.Access;
import org.taffrail.broker.security.Audit;
import org.taffrail.broker.security.Identity;
import org.taffrail.broker.security.Right;
import org.taffrail.wire.record.DestinationKind;

/**
 * Somebody whom a part of this process has let in by {@link Broker#connect}, and for whom it does
 * more than pass frames on: what may be shown, and what is to be recorded. What may be done the
 * session decides with each frame, as for everybody. Permissions are those of the moment in which
 * this was asked for. Any thread may ask.
 */
public final class Visitor {
    private final Identity who;
    private final String peer;
    private final Access access;
    private final Audit audit;

    Visitor(Identity who, String peer, Access access, Audit audit) {
        this.who = who;
        this.peer = peer;
        this.access = access;
        this.audit = audit;
    }

    /**
     * Tells whether it may manage everything, and so see everything.
     *
     * @return true for those in {@code security.managers}
     */
    public boolean managesAll() {
        return access.manages(who);
    }

    /**
     * Tells whether it may manage a destination, and so see it.
     *
     * @param kind its kind, as it is
     * @param name its name
     * @return whether it may
     */
    public boolean manages(DestinationKind kind, String name) {
        return access.may(who, Right.MANAGE, kind, name);
    }

    /**
     * Records that it is about to send a message as a manager does, such as one to try what becomes
     * of it: a line of the audit, as for whatever managers change.
     *
     * @param kind queue or topic
     * @param name the destination's name
     * @param messageId the message's id
     */
    public void sends(DestinationKind kind, String name, String messageId) {
        String object = (kind.isQueue() ? "queue " : "topic ") + name;
        audit.managed(who.user(), peer, "SEND", object, messageId);
    }
}
