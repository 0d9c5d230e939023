package dev.livestream.engine.push;

import dev.livestream.engine.Scene;
import dev.livestream.engine.membership.Dialer;
import dev.livestream.engine.membership.Liveness;
import dev.livestream.engine.membership.PassiveView;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Role;
import dev.livestream.wire.StreamParameters;
import java.util.Arrays;
import java.util.List;

/** The trees as one peer sees them, and the rooms beside them, to be looked at one by one. */
final class Grove {
  static final long SOURCE = 99;

  final Scene scene;
  final Trees trees;
  final ChildPlaces places;
  final PlaceRequests requests;
  final Referrals referrals;
  final Prospects prospects;
  final Announcements announcements;
  final Liveness liveness;
  final Rush rush = new Rush();
  final Dialer dialer;
  long now = Scene.START;

  Grove(Scene scene) {
    this.scene = scene;
    this.liveness = new Liveness(scene.context, scene.book);
    this.dialer = new Dialer(scene.context, scene.book);
    PassiveView passive =
        new PassiveView(scene.context.config().self(), 64, scene.context.random());
    StreamParameters parameters =
        new StreamParameters(Scene.SUBSTREAMS, 1_000, Scene.WINDOW, 640_000);
    this.trees =
        new Trees(
            scene.context,
            scene.book,
            dialer,
            passive,
            liveness,
            scene.uploader,
            scene.rate,
            parameters);
    this.referrals = new Referrals(scene.context);
    Slots slots = new Slots(scene.context, scene.uploader, scene.rate, Scene.SUBSTREAMS);
    Stretch stretch = new Stretch(scene.context, trees, slots, scene.uploader);
    this.places =
        new ChildPlaces(
            scene.context,
            trees,
            slots,
            referrals,
            new ChildWatch(scene.context, liveness),
            stretch,
            rush);
    this.requests = new PlaceRequests(scene.context, scene.book, dialer, trees, places, referrals);
    this.prospects = new Prospects(scene.book, trees);
    this.announcements =
        new Announcements(scene.context, scene.book, trees, places, slots, scene.uploader);
  }

  static Grove of(Role role, int places) {
    return new Grove(Scene.of(role, places));
  }

  Substream substream(int index) {
    return trees.all()[index];
  }

  /** A viewer that is the parent here, so many hops from the source. */
  Peer parent(int index, int hops) {
    return parent(index, scene.viewer(), hops);
  }

  /** The source itself as the parent. */
  Peer sourceAsParent(int index) {
    return parent(index, scene.peer(Role.SOURCE), 0);
  }

  private Peer parent(int index, Peer parent, int hops) {
    long[] path = new long[hops + 1];
    path[0] = hops == 0 ? parent.id().shortId() : SOURCE;
    for (int i = 1; i < hops; i++) {
      path[i] = SOURCE + i;
    }
    path[hops] = parent.id().shortId();
    substream(index).attach(parent, path, List.of(), now);
    return parent;
  }

  /** Children that say they can serve so many each. */
  List<Peer> children(int index, int... slots) {
    return Arrays.stream(slots)
        .mapToObj(
            each -> {
              Peer child = scene.viewer();
              substream(index).adopt(child, each, false);
              return child;
            })
        .toList();
  }

  /** Lets the home be chosen; what is said meanwhile is forgotten. */
  int home() {
    trees.tick(new Quiet(), now);
    scene.outputs();
    return trees.home();
  }

  /** Nothing of the stream is known. */
  record Quiet() implements Trees.Known {
    @Override
    public long end() {
      return 0;
    }

    @Override
    public long since(long sequence) {
      return 0;
    }
  }
}
