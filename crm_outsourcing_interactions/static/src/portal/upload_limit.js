import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** Hold back a form with more than the server reads, so that selected files and written answers are kept. */
export class UploadLimit extends Interaction {
    static selector = ".o_interaction_upload";
    dynamicContent = {
        _root: { "t-on-submit": this.onSubmit },
        ".o_interaction_excess": { "t-att-class": () => ({ "d-none": !this.isExceeded }) },
    };

    setup() {
        this.isExceeded = false;
    }

    /** @returns {number} bytes of all selected files */
    get size() {
        const files = [...this.el.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]);
        return files.reduce((sum, file) => sum + file.size, 0);
    }

    onSubmit(ev) {
        this.isExceeded = this.size > Number(this.el.dataset.total);
        if (this.isExceeded) {
            ev.preventDefault();
        }
    }
}

registry.category("public.interactions").add("crm_outsourcing_interactions.upload_limit", UploadLimit);
