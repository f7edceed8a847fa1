// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import static javax.transaction.xa.XAException.XAER_DUPID;
import static javax.transaction.xa.XAException.XAER_INVAL;
import static javax.transaction.xa.XAException.XAER_NOTA;
import static javax.transaction.xa.XAException.XAER_PROTO;
import static javax.transaction.xa.XAException.XA_RBROLLBACK;
import static javax.transaction.xa.XAResource.TMFAIL;
import static javax.transaction.xa.XAResource.TMJOIN;
import static javax.transaction.xa.XAResource.TMNOFLAGS;
import static javax.transaction.xa.XAResource.TMONEPHASE;
import static javax.transaction.xa.XAResource.TMRESUME;
import static javax.transaction.xa.XAResource.TMSUCCESS;
import static javax.transaction.xa.XAResource.TMSUSPEND;

import jakarta.jms.JMSException;
import jakarta.jms.XASession;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** Which moves of a transaction manager are legal in which state, and what the others are told. */
@Timeout(30)
class XaMovesTest extends XaFixture {
    private static final int LEGAL = 0;

    /** Where a branch is, as one resource sees it. */
    private enum Place {
        UNKNOWN,
        /** The resource is in another branch. */
        ELSEWHERE,
        ACTIVE,
        /** Another resource of the connection is in it, and this one is not. */
        ACTIVE_IN_ANOTHER,
        SUSPENDED,
        SUSPENDED_BY_ANOTHER,
        ENDED,
        FAILED,
        PREPARED
    }

    private interface OnResource {
        void make(XAResource resource) throws XAException;
    }

    private static final Map<String, OnResource> MOVES = new LinkedHashMap<>();
    private static final Map<Place, int[]> TABLE = new EnumMap<>(Place.class);

    static {
        MOVES.put("start", resource -> resource.start(A, TMNOFLAGS));
        MOVES.put("join", resource -> resource.start(A, TMJOIN));
        MOVES.put("resume", resource -> resource.start(A, TMRESUME));
        MOVES.put("end", resource -> resource.end(A, TMSUCCESS));
        MOVES.put("suspend", resource -> resource.end(A, TMSUSPEND));
        MOVES.put("fail", resource -> resource.end(A, TMFAIL));
        MOVES.put("prepare", resource -> resource.prepare(A));
        MOVES.put("commit in one phase", resource -> resource.commit(A, true));
        MOVES.put("commit", resource -> resource.commit(A, false));
        MOVES.put("rollback", resource -> resource.rollback(A));

        int no = XAER_PROTO;
        int nota = XAER_NOTA;
        int dup = XAER_DUPID;
        int rb = XA_RBROLLBACK;
        row(Place.UNKNOWN, LEGAL, nota, nota, nota, nota, nota, nota, nota, nota, nota);
        row(Place.ELSEWHERE, no, nota, nota, nota, nota, nota, nota, nota, nota, nota);
        row(Place.ACTIVE, dup, no, no, LEGAL, LEGAL, LEGAL, no, no, no, no);
        row(Place.ACTIVE_IN_ANOTHER, dup, LEGAL, no, no, no, no, no, no, no, no);
        row(Place.SUSPENDED, dup, no, LEGAL, LEGAL, no, LEGAL, no, no, no, no);
        row(Place.SUSPENDED_BY_ANOTHER, dup, LEGAL, LEGAL, no, no, no, no, no, no, no);
        row(Place.ENDED, dup, LEGAL, no, no, no, no, LEGAL, LEGAL, no, LEGAL);
        row(Place.FAILED, dup, rb, no, no, no, no, rb, rb, no, LEGAL);
        row(Place.PREPARED, dup, no, no, no, no, no, no, no, LEGAL, LEGAL);
    }

    private static void row(Place place, int... expected) {
        TABLE.put(place, expected);
    }

    private void goTo(Place place, XASession other) throws JMSException, XAException {
        XAResource another = other.getXAResource();
        switch (place) {
            case UNKNOWN -> link.refuse("end", noSuchBranch());
            case ELSEWHERE -> {
                resource.start(B, TMNOFLAGS);
                link.refuse("end", noSuchBranch());
            }
            case ACTIVE -> workIn(resource, session);
            case ACTIVE_IN_ANOTHER -> workIn(another, other);
            case SUSPENDED -> {
                workIn(resource, session);
                resource.end(A, TMSUSPEND);
            }
            case SUSPENDED_BY_ANOTHER -> {
                workIn(another, other);
                another.end(A, TMSUSPEND);
            }
            case ENDED -> work(A);
            case FAILED -> {
                workIn(resource, session);
                resource.end(A, TMFAIL);
            }
            case PREPARED -> {
                work(A);
                resource.prepare(A);
            }
        }
    }

    private static RuntimeException noSuchBranch() {
        return new org.taffrail.wire.WireException(
                org.taffrail.wire.ErrorCode.NO_SUCH_TRANSACTION, "none");
    }

    private static void workIn(XAResource in, XASession session) throws JMSException, XAException {
        in.start(A, TMNOFLAGS);
        send(session);
    }

    @TestFactory
    Stream<DynamicTest> movesAreLegalOrSayWhyNot() {
        List<String> names = List.copyOf(MOVES.keySet());
        return Arrays.stream(Place.values())
                .flatMap(
                        place ->
                                names.stream()
                                        .map(
                                                name ->
                                                        dynamicTest(
                                                                place + ", " + name,
                                                                () ->
                                                                        check(
                                                                                place,
                                                                                name,
                                                                                names.indexOf(
                                                                                        name)))));
    }

    private void check(Place place, String name, int column) throws JMSException, XAException {
        close();
        links.clear();
        connect();
        goTo(place, connection.createXASession());
        int told = LEGAL;
        try {
            MOVES.get(name).make(resource);
        } catch (XAException e) {
            told = e.errorCode;
        }
        assertEquals(TABLE.get(place)[column], told);
    }

    @Test
    void refusesFlagsThatMeanNothing() throws XAException {
        assertRefused(XAER_INVAL, () -> resource.start(A, TMSUCCESS));
        assertRefused(XAER_INVAL, () -> resource.recover(TMONEPHASE));
        resource.start(A, TMNOFLAGS);
        assertRefused(XAER_INVAL, () -> resource.end(A, TMNOFLAGS));
        assertRefused(XAER_INVAL, () -> resource.end(A, TMSUCCESS | TMFAIL));
        resource.end(A, TMSUCCESS);
    }

    @Test
    void refusesNamesThatNameNothing() {
        Xid none =
                new Xid() {
                    @Override
                    public int getFormatId() {
                        return -1;
                    }

                    @Override
                    public byte[] getGlobalTransactionId() {
                        return new byte[0];
                    }

                    @Override
                    public byte[] getBranchQualifier() {
                        return null;
                    }
                };
        assertRefused(XAER_INVAL, () -> resource.start(null, TMNOFLAGS));
        assertRefused(XAER_INVAL, () -> resource.start(none, TMNOFLAGS));
        assertRefused(XAER_INVAL, () -> resource.rollback(none));
    }

    @Test
    void takesABranchUpInAnotherSession() throws Exception {
        XASession other = connection.createXASession();
        workIn(resource, session);
        resource.end(A, TMSUSPEND);
        other.getXAResource().start(A, TMRESUME);
        link.calls();

        send(other);
        other.getXAResource().end(A, TMSUCCESS);
        assertEquals(XAResource.XA_OK, resource.prepare(A));

        assertEquals(List.of("send tx=1", "prepare 1 " + A), link.calls());
    }

    @Test
    void aBranchOfTheSameNameMayFollow() throws Exception {
        work(A);
        resource.commit(A, true);
        work(A);
        resource.rollback(A);
        work(A);
        resource.prepare(A);
        resource.commit(A, false);
        resource.start(A, TMNOFLAGS);
        resource.end(A, TMSUCCESS);
    }
}
