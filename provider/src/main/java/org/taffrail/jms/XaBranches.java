// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.JMSException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.link.Branches;
import org.taffrail.link.Link;
import org.taffrail.wire.WireException;
import org.taffrail.wire.Xid;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;

/**
 * The branches of global transactions that a connection's sessions work in, by their names, and how
 * they end. A branch is a transaction of the connection's link until it is prepared. Those that are
 * not known here are prepared, if they are: by this connection or any other of the user.
 *
 * <p>A prepared branch stays here until it is ended, so that after its rollback the messages come
 * again at their places, ahead of what the sessions were sent ahead.
 *
 * <p>Thread-safe.
 */
final class XaBranches {
    private static final Logger LOG = LoggerFactory.getLogger(XaBranches.class);

    private final ConnectionCore connection;
    private final BranchTimer timer;
    private final Map<Xid, Branch> known = new ConcurrentHashMap<>();

    XaBranches(ConnectionCore connection) {
        this.connection = connection;
        this.timer = new BranchTimer(connection.name() + "-branches");
    }

    private Link link() {
        return connection.link();
    }

    // ---- work

    /**
     * Begins a branch in which a session works.
     *
     * @param timeoutSeconds after which it is rolled back unless it is prepared; 0 for never
     * @throws XAException {@link XAException#XAER_DUPID} if there is one of this name, {@link
     *     XAException#XAER_RMFAIL} if the connection is lost, or as {@link BranchWork#start}
     */
    void begin(Xid xid, BranchWork work, int timeoutSeconds) throws XAException {
        requireConnection();
        Branch begun = new Branch(xid);
        if (known.putIfAbsent(xid, begun) != null) {
            throw XaErrors.make(XAException.XAER_DUPID, "the branch is there already: " + xid);
        }
        try {
            work.start(begun, false);
        } catch (XAException e) {
            known.remove(xid, begun);
            throw e;
        }
        if (timeoutSeconds > 0) {
            begun.timer(timer.schedule(() -> timedOut(begun, timeoutSeconds), timeoutSeconds));
        }
    }

    /**
     * Demands that there is a connection to begin something on.
     *
     * @throws XAException {@link XAException#XAER_RMFAIL} if not
     */
    private void requireConnection() throws XAException {
        if (connection.isLost()) {
            throw XaErrors.make(XAException.XAER_RMFAIL, "the connection is lost");
        }
    }

    /**
     * Returns a branch that is not ended.
     *
     * @throws XAException {@link XAException#XAER_NOTA} if there is none of this name
     */
    Branch find(Xid xid) throws XAException {
        Branch found = known.get(xid);
        if (found == null) {
            throw XaErrors.make(XAException.XAER_NOTA, "no such branch: " + xid);
        }
        return found;
    }

    /** Takes note that a send of a transaction was refused. */
    void refused(long transactionId, Throwable cause) {
        known.values().forEach(branch -> branch.refused(transactionId, cause));
    }

    /** Takes note that the connection was lost: what was prepared stays, at the broker. */
    void interrupted(Throwable cause) {
        known.values().removeIf(Branch::isPrepared);
        known.values().forEach(branch -> branch.interrupted(cause));
    }

    private void timedOut(Branch branch, int seconds) {
        if (branch.timedOut(seconds)) {
            LOG.info("event=branch_timed_out xid={} timeout_s={}", branch.xid(), seconds);
            releaseDoomed(branch);
        }
    }

    /** Stops looking after time-outs; the broker rolls back what is not prepared. */
    void close() {
        timer.close();
    }

    // ---- the end of what is not prepared

    /**
     * Prepares.
     *
     * @return {@link XAResource#XA_OK}, or {@link XAResource#XA_RDONLY} where nothing was done in
     *     it, which ends it
     * @throws XAException {@link XAException#XAER_NOTA}, {@link XAException#XAER_PROTO} if a
     *     session is in it, one of {@code XA_RB*} if it is rolled back instead, {@link
     *     XAException#XAER_RMFAIL} if that is not known
     */
    int prepare(Xid xid) throws XAException {
        Branch branch = find(xid);
        Branches branches = branches();
        long transactionId = beginEnding(branch);
        if (transactionId == 0) {
            return XAResource.XA_RDONLY;
        }
        try {
            await(branches.prepare(transactionId, xid));
        } catch (JMSException e) {
            XAException failure = refused(branch, e);
            if (!XaErrors.isRollback(failure.errorCode)) {
                abandon(branches, xid);
            }
            throw failure;
        }
        branch.prepared();
        return XAResource.XA_OK;
    }

    /**
     * Commits what is not prepared.
     *
     * @throws XAException as {@link #prepare}
     */
    void commitInOnePhase(Xid xid) throws XAException {
        Branch branch = find(xid);
        long transactionId = beginEnding(branch);
        if (transactionId == 0) {
            return;
        }
        try {
            await(link().commit(transactionId));
        } catch (JMSException e) {
            throw refused(branch, e);
        }
        known.remove(xid, branch);
    }

    /** Begins the end; what is doomed is rolled back here, and that where nothing was done ends. */
    private long beginEnding(Branch branch) throws XAException {
        Doom doom = branch.beginEnding();
        if (doom == null && branch.transactionId() != 0) {
            return branch.transactionId();
        }
        known.remove(branch.xid(), branch);
        if (doom != null) {
            releaseDoomed(branch);
            throw doom.toManager();
        }
        return 0;
    }

    /**
     * What the broker has refused to prepare or commit it has rolled back, or does so now: what was
     * consumed comes before what waits here.
     */
    private XAException refused(Branch branch, JMSException cause) {
        XAException failure = XaErrors.ofWork(cause);
        known.remove(branch.xid(), branch);
        if (failure.errorCode != XAException.XAER_RMFAIL) {
            releaseDoomed(branch);
        }
        return failure;
    }

    /**
     * Rolls back what may have been prepared, though the answer was no yes: a manager does not
     * commit it any more, and Narayana doesn't roll it back before its next recovery.
     */
    private static void abandon(Branches branches, Xid xid) {
        branches.end(xid, false)
                .whenComplete(
                        (nothing, failure) ->
                                LOG.info(
                                        "event=branch_abandoned xid={} failure=\"{}\"",
                                        xid,
                                        failure == null ? "" : failure.getMessage()));
    }

    private void releaseDoomed(Branch branch) {
        try {
            release(branch);
        } catch (JMSException e) {
            // nobody can commit it; without a connection it is rolled back as well
            LOG.info("event=branch_not_released xid={}", branch.xid(), e);
        }
    }

    /**
     * Rolls the transaction back: what all its sessions have consumed comes again at its place.
     * Where it was rolled back before, this ends what a send that was under way has begun anew.
     */
    private void release(Branch branch) throws JMSException {
        long transactionId = branch.transactionId();
        if (transactionId == 0) {
            return;
        }
        List<BranchWork> workers = branch.workers();
        rewind(workers)
                .run(
                        () -> {
                            workers.forEach(work -> work.flushIn(branch));
                            return link().rollback(transactionId);
                        });
    }

    private static Rewind rewind(List<BranchWork> workers) {
        return Rewind.of(workers.stream().map(BranchWork::session).toList());
    }

    // ---- the end of any

    /**
     * Rolls back.
     *
     * @throws XAException {@link XAException#XAER_NOTA}, {@link XAException#XAER_PROTO} if a
     *     session is in it, {@link XAException#XA_HEURCOM} or {@link XAException#XA_HEURRB} if an
     *     operator has ended it, {@link XAException#XAER_RMFAIL} if it is not known
     */
    void rollback(Xid xid) throws XAException {
        Branch branch = known.get(xid);
        if (branch == null || branch.isPrepared()) {
            end(xid, branch, false);
            return;
        }
        branch.beginEnding();
        known.remove(xid, branch);
        try {
            release(branch);
        } catch (JMSException e) {
            if (!connection.isLost(e)) {
                throw XaErrors.ofWork(e);
            }
            LOG.debug("event=branch_rolled_back_with_its_connection xid={}", xid, e);
        }
    }

    /**
     * Commits what is prepared.
     *
     * @throws XAException as {@link #rollback}; {@link XAException#XAER_PROTO} if it is not
     *     prepared
     */
    void commit(Xid xid) throws XAException {
        Branch branch = known.get(xid);
        if (branch != null && !branch.isPrepared()) {
            throw XaErrors.protocol("the branch is not prepared");
        }
        end(xid, branch, true);
    }

    /** Ends what is prepared; the branch is null where it is not known here. */
    private void end(Xid xid, Branch branch, boolean commit) throws XAException {
        Branches branches = branches();
        try {
            if (branch == null || commit) {
                await(branches.end(xid, commit));
            } else {
                rewind(branch.workers()).run(() -> branches.end(xid, false));
            }
        } catch (JMSException e) {
            XAException failure = XaErrors.ofPrepared(e);
            if (failure.errorCode != XAException.XAER_RMFAIL) {
                known.remove(xid);
            }
            throw failure;
        }
        known.remove(xid);
    }

    /**
     * Forgets how an operator has ended a branch.
     *
     * @throws XAException {@link XAException#XAER_NOTA} if no operator has, {@link
     *     XAException#XAER_PROTO} if it is not prepared
     */
    void forget(Xid xid) throws XAException {
        Branch branch = known.get(xid);
        if (branch != null && !branch.isPrepared()) {
            throw XaErrors.protocol("the branch was not ended by an operator");
        }
        try {
            await(branches().forget(xid));
        } catch (JMSException e) {
            throw XaErrors.ofPrepared(e);
        }
        known.remove(xid);
    }

    /**
     * Asks for the user's branches that are prepared, or were ended by an operator.
     *
     * @throws XAException {@link XAException#XAER_RMFAIL} if there is no answer
     */
    List<Xid> list() throws XAException {
        try {
            return await(branches().list());
        } catch (JMSException e) {
            throw XaErrors.ofPrepared(e);
        }
    }

    private Branches branches() throws XAException {
        try {
            return link().branches();
        } catch (WireException e) {
            throw XaErrors.caused(XaErrors.make(XAException.XAER_RMERR, e.getMessage()), e);
        }
    }

    private <T> T await(CompletableFuture<T> reply) throws JMSException {
        return connection.replies().await(reply);
    }
}
