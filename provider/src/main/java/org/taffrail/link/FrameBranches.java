// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.Xid;
import org.taffrail.wire.frame.BranchFrame;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.Fields;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/** The branches that the broker of a {@link FrameLink} has: turns the calls into frames. */
final class FrameBranches implements Branches {
    /** In a row of an answer: the branch's name. */
    private static final String XID = "xid";

    private final FrameLink link;

    FrameBranches(FrameLink link) {
        this.link = link;
    }

    @Override
    public CompletableFuture<Void> prepare(long transactionId, Xid xid) {
        return ask(Requests.plain(), id -> new BranchFrame.Prepare(id, transactionId, xid));
    }

    @Override
    public CompletableFuture<Void> end(Xid xid, boolean commit) {
        return ask(Requests.plain(), id -> new BranchFrame.EndBranch(id, xid, commit));
    }

    @Override
    public CompletableFuture<Void> forget(Xid xid) {
        return ask(Requests.plain(), id -> new BranchFrame.ForgetBranch(id, xid));
    }

    @Override
    public CompletableFuture<List<Xid>> list() {
        return list(null, new ArrayList<>());
    }

    private CompletableFuture<List<Xid>> list(String after, List<Xid> listed) {
        return ask(Requests.forRows(), id -> new BranchFrame.ListBranches(id, after))
                .thenCompose(
                        page -> {
                            add(page, listed);
                            if (page.next() == null) {
                                return CompletableFuture.completedFuture(listed);
                            }
                            requireProgress(after, page);
                            return list(page.next(), listed);
                        });
    }

    private static void add(BrokerFrame.Managed page, List<Xid> listed) {
        for (Fields row : page.rows()) {
            String text = row.text(XID);
            if (text == null) {
                throw WireException.malformed("a branch without a name");
            }
            listed.add(Xid.parse(text));
        }
    }

    /** A page that leads nowhere would be asked for again and again. */
    private static void requireProgress(String after, BrokerFrame.Managed page) {
        if (page.next().equals(after)) {
            throw new WireException(
                    ErrorCode.PROTOCOL_VIOLATION, "a page of branches that leads to no other");
        }
    }

    private <T> CompletableFuture<T> ask(
            Requests.Request<T> request, IntFunction<ClientFrame> frame) {
        try {
            link.requireBranches();
        } catch (WireException e) {
            return CompletableFuture.failedFuture(e);
        }
        return link.request(request, frame);
    }
}
